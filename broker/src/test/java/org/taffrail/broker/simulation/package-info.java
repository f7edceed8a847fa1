// SPDX-License-Identifier: Apache-2.0
/**
 * The deterministic simulation: the real core and loop over a faulty store, random clients, crashes
 * and restarts, all from one seed. Read {@link org.taffrail.broker.simulation.Simulation} first
 * (what happens), then {@link org.taffrail.broker.simulation.Model} (what must hold).
 */
package org.taffrail.broker.simulation;
