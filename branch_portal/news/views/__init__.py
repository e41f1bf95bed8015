"""Public pages (``public``), the pictures in them (``pictures``), and the desk where reports are made."""
