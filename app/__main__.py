"""`python -m app …`: one line per command, no logic."""

import typer

from app import campaign_commands, commands, person_commands

cli = typer.Typer(help="Pingyou (评优)", no_args_is_help=True, pretty_exceptions_enable=False)
cli.command("run")(commands.run)
cli.command("serve")(commands.serve)
cli.command("worker")(commands.worker)
cli.command("migrate")(commands.migrate)
cli.command("migrations-check")(commands.migrations_check)
cli.command("rehearse")(commands.rehearse)
cli.command("check")(commands.check)
cli.command("sweep-objects")(commands.sweep_objects)
cli.command("generate")(commands.generate)
cli.command("config")(commands.config)
cli.add_typer(campaign_commands.cli, name="campaign")
cli.add_typer(person_commands.cli, name="person")

if __name__ == "__main__":
    cli()
