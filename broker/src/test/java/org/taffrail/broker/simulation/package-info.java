// SPDX-License-Identifier: Apache-2.0
/**
 * The deterministic simulation: the real core, loop and sessions over a simulated network and a
 * faulty store, random clients, crashes and restarts, all from one seed. Read {@link
 * org.taffrail.broker.simulation.Simulation} first (what happens), then {@link
 * org.taffrail.broker.simulation.Model} (what must hold). What clients say and hear are bytes, on
 * connections of {@link org.taffrail.broker.simulation.Network}.
 */
package org.taffrail.broker.simulation;
