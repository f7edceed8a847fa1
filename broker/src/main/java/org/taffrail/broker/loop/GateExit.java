// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.SendGate;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

/** Where sends go that have waited and are not to be decided any more: to the core's gate. */
abstract class GateExit implements HeldSends.Exit {
    private final SendGate gate;

    GateExit(SendGate gate) {
        this.gate = gate;
    }

    @Override
    public void withdraw(long connection, long first, int count) {
        gate.withdraw(connection, first, count);
    }

    @Override
    public boolean isKnown(long connection, ClientFrame.Send send) {
        return gate.isKnown(connection, send);
    }

    @Override
    public void giveUp(
            long connection, long transactionId, long first, int count, WireException why) {
        gate.giveUp(connection, transactionId, first, count, why);
    }

    @Override
    public void refuse(
            long connection, long transactionId, long first, int count, WireException why) {
        gate.refuse(connection, transactionId, first, count, why);
    }
}
