/**
 * How the slices of a round travel between executors: each lands in one process, is summed there in
 * worker order, and is fetched from there by whoever needs the average. Built on Spark's own
 * network library, with Spark's authentication and encryption where they are on.
 */
package org.espalier.averaging.exchange;
