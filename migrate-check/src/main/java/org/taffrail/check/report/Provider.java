// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;

import java.util.Locale;

/** Which provider the application runs on, as far as names mean different things on them. */
enum Provider {
    CLASSIC,
    ARTEMIS,
    IBM_MQ,
    OTHER;

    /** The provider that the meta data or the classes of factories tell of. */
    static Provider of(Run run) {
        String names =
                (String.join("\n", run.uses(Feature.PROVIDER).keySet())
                                + "\n"
                                + String.join("\n", run.uses(Feature.FACTORY).keySet()))
                        .toLowerCase(Locale.ROOT);
        if (names.contains("artemis")) {
            return ARTEMIS;
        }
        if (names.contains("activemq")) {
            return CLASSIC;
        }
        return names.contains("ibm") ? IBM_MQ : OTHER;
    }
}
