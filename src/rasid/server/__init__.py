"""The record asked over HTTP: a REST API for programs, and bilingual pages for people. `rasid serve` runs it."""
