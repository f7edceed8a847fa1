// SPDX-License-Identifier: Apache-2.0
/**
 * The machine that figures were taken on: how fast it forces, what it carries at most, what else it
 * was doing, and what a process on it uses up.
 *
 * <p>Read {@link org.taffrail.perf.machine.CpuTimes} first; for the bare path {@link
 * org.taffrail.perf.machine.BarePath}, then {@link org.taffrail.perf.machine.BareEcho}; for the
 * costs of messages {@link org.taffrail.perf.machine.Cost}, then {@link
 * org.taffrail.perf.machine.Meters}.
 */
package org.taffrail.perf.machine;
