# Thin on purpose: branch_portal/launch.py does the work and needs nothing but Python 3.11 or newer.

PYTHON ?= python3
LAUNCH = $(PYTHON) -m branch_portal.launch

.PHONY: help run test lint format lock build messages bench manage

help: ## List the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: ## Serve the portal on http://localhost:8000 (PORT=… for another port, DEBUG=1 while changing it)
	@$(LAUNCH) run

test: ## Check the style, then run every test (ARGS="-k word" is handed to pytest)
	@$(LAUNCH) test $(ARGS)

lint: ## Check the style and the directions of imports only
	@$(LAUNCH) lint

format: ## Bring Python, JavaScript and CSS into the common style
	@$(LAUNCH) format

lock: ## Write the lock files anew after a change of requirements*.in or package.json (ARGS=--upgrade: newest)
	@$(LAUNCH) lock $(ARGS)

build: ## Bundle the front end and compile the translations
	@$(LAUNCH) build

messages: ## Put new texts into locale/ for translating, take unused ones out (needs GNU gettext)
	@$(LAUNCH) manage makemessages --locale zh_Hans --add-location file --no-wrap --no-obsolete \
		--ignore node_modules --ignore var --ignore tests

bench: ## Measure the portal's speed on this machine
	@$(LAUNCH) bench $(ARGS)

manage: ## Run one of Django's commands, as in: make manage ARGS="check --deploy"
	@$(LAUNCH) manage $(ARGS)
