package org.espalier.jobs;

import picocli.CommandLine.Command;

/** What can be measured. */
@Command(
    name = "bench",
    description = "Measures this machine or cluster; compare figures of one run only.",
    subcommands = {BenchRound.class},
    synopsisSubcommandLabel = "WORKLOAD",
    mixinStandardHelpOptions = true)
final class Bench {}
