// SPDX-License-Identifier: Apache-2.0
/**
 * The machine that figures were taken on: how fast it forces, and what else it was doing.
 *
 * <p>Read {@link org.taffrail.perf.machine.CpuTimes} first.
 */
package org.taffrail.perf.machine;
