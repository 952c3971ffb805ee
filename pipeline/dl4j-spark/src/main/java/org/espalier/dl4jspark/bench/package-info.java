/**
 * What {@code espalier bench} measures on a cluster: rounds of averaging, ours and dl4j-spark's.
 */
package org.espalier.dl4jspark.bench;
