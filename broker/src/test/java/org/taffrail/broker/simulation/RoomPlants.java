// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

/** Faults while room is short. */
final class RoomPlants {
    private RoomPlants() {}

    /** Lets what settles wait with the sends. */
    static final class SettlementWaits extends RoomWeather {
        SettlementWaits(long seed) {
            super(seed, false);
        }

        @Override
        boolean passes(long connection, ClientFrame frame) {
            return !(isShort() && frame instanceof ClientFrame.Settle);
        }

        @Override
        boolean withholds() {
            return true;
        }
    }

    /** Lets a rollback wait with the sends. */
    static final class RollbackWaits extends RoomWeather {
        RollbackWaits(long seed) {
            super(seed, false);
        }

        @Override
        boolean passes(long connection, ClientFrame frame) {
            return !(isShort() && frame instanceof ClientFrame.Rollback);
        }

        @Override
        boolean withholds() {
            return true;
        }
    }

    /** Confirms a send that waits. */
    static final class WaitingSendConfirmed extends RoomWeather {
        WaitingSendConfirmed(long seed) {
            super(seed, false);
        }

        @Override
        boolean passes(long connection, ClientFrame frame) {
            if (isShort() && frame instanceof ClientFrame.Send send) {
                long first = RunLayout.sequence(send.array(), send.at());
                int count = RunLayout.count(send.array(), send.at());
                tell(connection, new BrokerFrame.Confirm(first, first + count - 1));
            }
            return true;
        }
    }

    /** Does not hear that there is room again. */
    static final class RoomForgotten extends RoomWeather {
        RoomForgotten(long seed) {
            super(seed, false);
        }

        @Override
        boolean comesBack() {
            return false;
        }
    }
}
