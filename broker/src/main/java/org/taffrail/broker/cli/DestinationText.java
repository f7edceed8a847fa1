// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.ITypeConverter;

/**
 * A queue or topic with its kind, as it is typed: {@code queue:orders}, or {@code queue://orders}
 * as it is shown elsewhere, with destination options behind a question mark or without. A name
 * alone is refused: sent to a topic's name, a message would end in a queue that nobody knows of.
 */
final class DestinationText implements ITypeConverter<TaffrailDestination> {
    @Override
    public TaffrailDestination convert(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String name = text.substring(colon + 1);
        if (name.startsWith("//")) {
            name = name.substring(2);
        }
        try {
            switch (kind) {
                case "queue":
                    return new TaffrailQueue(name).checked();
                case "topic":
                    return new TaffrailTopic(name).checked();
                default:
                    throw new WireException(
                            ErrorCode.INVALID_OPTION,
                            '"' + text + "\" has no kind: write queue:NAME or topic:NAME");
            }
        } catch (IllegalArgumentException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, e.getMessage());
        }
    }
}
