// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.Map;

/**
 * How a consumer takes from its destination: the connection's options, and those that are written
 * behind the destination's name, which win.
 *
 * @param prefetchMessages {@code consumer.prefetch}: how many messages are sent ahead, 0 for none
 * @param prefetchBytes {@code consumer.prefetchBytes}: how many bytes are sent ahead
 * @param start {@code start}: where a new subscription or a queue's side group begins, or null
 * @param exclusive {@code consumer.exclusive}: whether it wants all messages for itself
 * @param position {@code consumer.position}: whether messages tell where they stand in the log
 */
record ConsumerOptions(
        int prefetchMessages,
        int prefetchBytes,
        String start,
        boolean exclusive,
        boolean position) {
    /** How many messages are sent ahead. */
    static final String PREFETCH = "consumer.prefetch";

    /** How many bytes are sent ahead. */
    static final String PREFETCH_BYTES = "consumer.prefetchBytes";

    /** Whether the consumer wants all messages for itself. */
    static final String EXCLUSIVE = "consumer.exclusive";

    /** Whether messages tell where they stand in the log. */
    static final String POSITION = "consumer.position";

    /** Where a new subscription begins. */
    static final String START = "start";

    /** The names of all options, in the order of the reference page. */
    static final List<String> NAMES = List.of(PREFETCH, PREFETCH_BYTES, EXCLUSIVE, POSITION, START);

    /**
     * Reads the options.
     *
     * @throws JMSException if one is unknown or out of bounds
     */
    static ConsumerOptions of(TaffrailDestination destination, ConnectionOptions defaults)
            throws JMSException {
        int messages = defaults.get(ConnectionOptions.PREFETCH);
        int bytes = defaults.get(ConnectionOptions.PREFETCH_BYTES);
        String start = null;
        boolean exclusive = false;
        boolean position = false;
        for (Map.Entry<String, String> option : destination.options().entrySet()) {
            try {
                switch (option.getKey()) {
                    case PREFETCH:
                        messages = ConnectionOptions.PREFETCH.parse(option.getValue());
                        break;
                    case PREFETCH_BYTES:
                        bytes = ConnectionOptions.PREFETCH_BYTES.parse(option.getValue());
                        break;
                    case EXCLUSIVE:
                        exclusive = truth(option);
                        break;
                    case POSITION:
                        position = truth(option);
                        break;
                    case START:
                        start = option.getValue();
                        break;
                    default:
                        throw JmsErrors.of(
                                ErrorCode.INVALID_OPTION,
                                destination
                                        + ": there is no option \""
                                        + option.getKey()
                                        + "\"; there are "
                                        + String.join(", ", NAMES)
                                        + NearestName.hint(option.getKey(), NAMES));
                }
            } catch (RuntimeException e) {
                throw JmsErrors.of(e);
            }
        }
        return new ConsumerOptions(messages, bytes, start, exclusive, position);
    }

    private static boolean truth(Map.Entry<String, String> option) {
        String text = option.getValue();
        if (!text.equals("true") && !text.equals("false")) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    option.getKey() + "=" + text + ": allowed are true and false");
        }
        return text.equals("true");
    }
}
