// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.ArrayList;
import java.util.List;

/** Who holds messages: one consumer of one connection. */
final class Holder {
    Group group;
    final String colour;
    final long connection;
    final int life;
    final int consumerId;

    /** When it was asked for. */
    int askedAt;

    /** Whether it reads what others may have consumed. */
    boolean replays;

    final List<Copy> held = new ArrayList<>();

    /** All that it was ever delivered, in this order. */
    final List<Copy> heard = new ArrayList<>();

    Holder(Group group, String colour, long connection, int life, int consumerId) {
        this.group = group;
        this.colour = colour;
        this.connection = connection;
        this.life = life;
        this.consumerId = consumerId;
    }

    @Override
    public String toString() {
        return "consumer " + consumerId + " of connection " + connection;
    }
}
