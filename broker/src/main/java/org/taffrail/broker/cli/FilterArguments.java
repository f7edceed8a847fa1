// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;

import picocli.CommandLine.Option;

/** Which messages a command is for. */
final class FilterArguments {
    @Option(
            names = "--selector",
            paramLabel = "SELECTOR",
            description = "Only messages that it selects.")
    private String selector;

    @Option(names = "--offset", paramLabel = "N", description = "Only the message at this offset.")
    private Long offset;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many messages, the oldest first.")
    private Long limit;

    boolean isGiven() {
        return selector != null || offset != null || limit != null;
    }

    void check() {
        if (limit != null) {
            checkLimit(limit);
        }
        if (offset != null && offset < 0) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--offset is " + offset + ", allowed from 0");
        }
    }

    /** Demands that {@code --limit} leaves something. */
    static void checkLimit(long limit) {
        if (limit < 1) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--limit is " + limit + ", allowed from 1");
        }
    }

    Fields.Builder addTo(Fields.Builder fields) {
        fields.put("selector", selector);
        if (offset != null) {
            fields.put("offset", offset);
        }
        if (limit != null) {
            fields.put("messages", limit);
        }
        return fields;
    }
}
