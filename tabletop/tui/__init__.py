"""The Textual app: screens, widgets and styles. It decides no rule."""
