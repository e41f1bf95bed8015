"""The year on paper: the branch workbook with the chapters of the handbook (10), and the figures for the yearly report.

Nouns: a workbook (a book of chapters), the meetings of a year, the people of a day, the figures of a year. Nothing is
stored: everything is read from the records at the moment of printing. What the portal does not keep is a blank part
with its name, and with who fills it in. Not printed are personal data, sensitive data, what was said of single members, and
how anybody voted (``chapters``): the book goes from hand to hand.

May import: every app but the desk and everybody's own pages. Only the addresses, the command and the desk know of it.
"""
