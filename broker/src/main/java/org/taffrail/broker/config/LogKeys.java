// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import java.util.List;

/** The keys that say how the broker's log looks. */
public final class LogKeys {
    /** An object of JSON a line. */
    public static final String JSON = "json";

    /** What a line of the log is. */
    public static final ConfigKey<String> FORMAT =
            named("log.format")
                    .onlyServer()
                    .does(
                            "What a line of the log on standard error is: words for people (`text`),"
                                    + " or an object of JSON (`json`) with what each word says as a"
                                    + " field.")
                    .oneOf("text", JSON);

    static final List<ConfigKey<?>> ALL = List.of(FORMAT);

    private LogKeys() {}
}
