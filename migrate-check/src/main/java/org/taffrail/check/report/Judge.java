// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import java.util.List;

/**
 * Says what of a run works on Taffrail as it is today. What it says of options, keys and names is
 * what {@code docs/options.md}, {@code docs/configuration.md} and {@code docs/jms-conformance.md}
 * say; tests hold it against them.
 */
final class Judge {
    private Judge() {}

    /** All judgements, the worst first. */
    static List<Judgement> of(Run run) {
        Findings findings = new Findings();
        SessionRules.judge(run, findings);
        DestinationRules.judge(run, findings);
        MessageRules.judge(run, findings);
        PropertyRules.judge(run, findings);
        SelectorRules.judge(run, findings);
        return findings.sorted();
    }
}
