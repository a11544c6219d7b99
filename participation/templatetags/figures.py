"""Figures in templates."""

from django import template

from participation import words

register = template.Library()
register.filter("hours", words.number_of_hours)
register.filter("in_hours", words.hours)
register.filter("month", words.month)
register.filter("month_name", words.month_name)
