// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.JMSException;

import org.taffrail.perf.load.RunFailedException;

/**
 * Something that is to be large, in two steps between which whoever started the broker looks at its
 * memory and starts it again. Figures that are to be compared have the same name after {@link
 * Figures#EMPTY} and {@link Figures#LOADED}.
 */
interface Scenario {
    /** Measures what is compared later, and puts there what waits. */
    void fill(Bench bench) throws JMSException, RunFailedException;

    /** Measures while it waits. */
    void measure(Bench bench) throws JMSException, RunFailedException;

    /** How many messages, or whatever else memory is counted by, are there after {@link #fill}. */
    long count(ScalePlan plan);

    /** The queue of which the first delivery after a start is awaited; null for none. */
    String firstFrom();
}
