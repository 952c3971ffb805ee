/** What all jobs share: options, console, exit codes, and the Spark that they run on. */
package org.espalier.jobs.shell;
