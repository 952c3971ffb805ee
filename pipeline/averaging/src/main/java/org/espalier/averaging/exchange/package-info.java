/**
 * Messages between the processes of a run, and the state that each keeps of it: what the protocols
 * by which vectors are averaged stand on. Built on Spark's own network library, with Spark's
 * authentication and encryption where they are on.
 */
package org.espalier.averaging.exchange;
