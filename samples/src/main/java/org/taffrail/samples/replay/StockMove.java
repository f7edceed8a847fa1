// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;

/**
 * Something that changes how much of an item is there, as a message.
 *
 * @param name of the move, one of its own
 * @param kind what it is
 * @param item of what
 * @param quantity how much, at least 0
 */
record StockMove(String name, Kind kind, String item, int quantity) {
    static final String NAME = "name";
    static final String KIND = "kind";
    static final String ITEM = "item";
    static final String QUANTITY = "quantity";

    /** The kinds of moves. */
    enum Kind {
        /** Counted on the shelf: what was known of the item before does not matter any more. */
        COUNT,
        DELIVERY,
        SALE,
        /** A customer brings it back. */
        RETURN
    }

    static StockMove from(Message message) throws JMSException {
        return new StockMove(
                message.getStringProperty(NAME),
                Kind.valueOf(message.getStringProperty(KIND)),
                message.getStringProperty(ITEM),
                ((MapMessage) message).getInt(QUANTITY));
    }

    Message toMessage(Session session) throws JMSException {
        MapMessage message = session.createMapMessage();
        message.setStringProperty(NAME, name);
        message.setStringProperty(KIND, kind.name());
        message.setStringProperty(ITEM, item);
        message.setInt(QUANTITY, quantity);
        return message;
    }
}
