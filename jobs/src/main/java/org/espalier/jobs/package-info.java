/** The main class, started by spark-submit and by the launcher, and its commands. */
package org.espalier.jobs;
