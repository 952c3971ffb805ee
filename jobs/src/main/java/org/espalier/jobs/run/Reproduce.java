package org.espalier.jobs.run;

import picocli.CommandLine.Command;

/** What of the paper can be reproduced with one command. */
@Command(
    name = "reproduce",
    description = "Runs experiments of the paper and prints its numbers beside ours.",
    subcommands = {ReproduceTable3.class, ReproduceLeNetMethods.class},
    synopsisSubcommandLabel = "EXPERIMENT",
    mixinStandardHelpOptions = true)
public final class Reproduce {}
