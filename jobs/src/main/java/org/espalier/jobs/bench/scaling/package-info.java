/**
 * A simulation of how synchronous training scales with workers and network, by the protocol of
 * averaged gradients and by others. Plain Java; Spark only where its constants are measured.
 */
package org.espalier.jobs.bench.scaling;
