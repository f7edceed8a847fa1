// SPDX-License-Identifier: Apache-2.0
/**
 * The commands: what can be asked for, which processes that takes, and what is printed.
 *
 * <p>Read {@link org.taffrail.perf.cli.LatencyCommand} first, then {@link
 * org.taffrail.perf.cli.Campaign}. Measuring itself happens in other processes.
 */
package org.taffrail.perf.cli;
