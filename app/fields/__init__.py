"""Questions as forms: WTForms fields made from data, component parameters, answers in words."""

from app.fields.blank import Filled
from app.fields.build import PageForm, build_form, display
from app.fields.form import BoundForm, FormError

__all__ = ["BoundForm", "Filled", "FormError", "PageForm", "build_form", "display"]
