"""Heart-to-heart talks (谈心谈话; handbook, 3.1 and 10).

Nouns: Talk, private to the two who talked and to the secretary, its content sealed at rest. Verbs: enter, change. `pairs`
says who has not talked with whom in a year, by names alone. Imports members and the leaves.
"""
