"""Questions as forms: WTForms fields made from data, component parameters, answers in words."""

from app.fields.build import PageForm, build_form, display
from app.fields.form import BoundForm, FormError

__all__ = ["BoundForm", "FormError", "PageForm", "build_form", "display"]
