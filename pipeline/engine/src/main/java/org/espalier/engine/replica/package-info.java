/**
 * One replica of a network on one worker: it loads a flat vector, runs deterministic steps under a
 * mask and gives its vector back. Knows DL4J, not Spark.
 */
package org.espalier.engine.replica;
