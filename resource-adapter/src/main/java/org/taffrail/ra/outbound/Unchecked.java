// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSException;

import org.taffrail.jms.JmsErrors;

/** Calls the classic API for the simplified one, which throws unchecked exceptions. */
final class Unchecked {
    private Unchecked() {}

    /** A call with a result. */
    @FunctionalInterface
    interface Call<T> {
        /** Does it. */
        T call() throws JMSException;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        /** Does it. */
        void run() throws JMSException;
    }

    /**
     * Calls.
     *
     * @throws jakarta.jms.JMSRuntimeException the unchecked form of what the call throws
     */
    static <T> T get(Call<T> call) {
        try {
            return call.call();
        } catch (JMSException e) {
            throw JmsErrors.unchecked(e);
        }
    }

    /**
     * Calls.
     *
     * @throws jakarta.jms.JMSRuntimeException the unchecked form of what the call throws
     */
    static void run(Action action) {
        try {
            action.run();
        } catch (JMSException e) {
            throw JmsErrors.unchecked(e);
        }
    }
}
