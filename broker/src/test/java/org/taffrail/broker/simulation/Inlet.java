// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.session.Session;

/** The way in to one session: what a transport tells it. */
interface Inlet {
    /** Takes bytes from the client. */
    void received(byte[] array, int at, int length, long nowMs);

    /** Takes word that the way out is full, or has room again. */
    void full(boolean isFull);

    /** Takes the end of the client's side. */
    void lost(long nowMs);

    /** The way in to a session as it is. */
    static Inlet of(Session session) {
        return new Inlet() {
            @Override
            public void received(byte[] array, int at, int length, long nowMs) {
                session.received(array, at, length, nowMs);
            }

            @Override
            public void full(boolean isFull) {
                session.full(isFull);
            }

            @Override
            public void lost(long nowMs) {
                session.lost(nowMs);
            }
        };
    }
}
