"""The first screen after sign-in: asks every app what needs doing; owns no tables."""
