// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import picocli.CommandLine.Option;

/** Which messages a command is for. */
final class FilterArguments {
    @Option(
            names = "--selector",
            paramLabel = "SELECTOR",
            description = "Only messages that it selects.")
    private String selector;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "Only the message at this offset.",
            converter = NumberRange.Offset.class)
    private Long offset;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many messages, the oldest first.",
            converter = NumberRange.Limit.class)
    private Long limit;

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
