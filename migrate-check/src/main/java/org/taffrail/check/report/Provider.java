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

    /** Both call themselves ActiveMQ: Classic is of version 4 and later, Artemis of 1 and 2. */
    private static final int CLASSIC_MAJOR_MIN = 4;

    /** The provider that the meta data or the classes of factories tell of. */
    static Provider of(Run run) {
        for (String each : run.uses(Feature.PROVIDER).keySet()) {
            Provider named = of(each);
            if (named != OTHER) {
                return named;
            }
        }
        String classes = String.join("\n", run.uses(Feature.FACTORY).keySet());
        return of(classes);
    }

    /**
     * The provider of a text.
     *
     * @param text name, version and version of JMS, tab between; or names of classes
     */
    static Provider of(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        String[] parts = name.split("\t", -1);
        if (name.contains("artemis")) {
            return ARTEMIS;
        }
        if (name.contains("activemq")) {
            boolean numbered = parts.length > 1 && SessionRules.major(parts[1]) < CLASSIC_MAJOR_MIN;
            return numbered ? ARTEMIS : CLASSIC;
        }
        return name.contains("ibm") ? IBM_MQ : OTHER;
    }
}
