// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;
import org.taffrail.check.report.Judgement.Area;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges selectors, with the parser that the broker has. */
final class SelectorRules {
    private static final Pattern LITERAL_OR_WORD =
            Pattern.compile("'(?:[^']|'')*'|([A-Za-z_$][A-Za-z0-9_$]*)");

    private SelectorRules() {}

    static void judge(Run run, Findings findings) {
        findings.in(Area.RECEIVING);
        for (Map.Entry<String, Count> each : run.uses(Feature.SELECTOR).entrySet()) {
            judge(each.getKey(), each.getValue(), findings);
        }
    }

    private static void judge(String selector, Count count, Findings findings) {
        String what = "Selector " + selector;
        try {
            Selector.parse(selector);
        } catch (SelectorSyntaxException e) {
            findings.not(
                    what,
                    "Refused: "
                            + e.getMessage()
                            + ". Selectors are those of the specification, without extensions.",
                    count);
            return;
        }
        SortedSet<String> foreign = new TreeSet<>();
        boolean userId = false;
        Matcher words = LITERAL_OR_WORD.matcher(selector);
        while (words.find()) {
            String word = words.group(1);
            if (word != null) {
                userId |= word.equals("JMSXUserID");
                if (isSetByVendor(word)) {
                    foreign.add(word);
                }
            }
        }
        if (!foreign.isEmpty()) {
            findings.not(
                    what,
                    String.join(", ", foreign)
                            + " is set by the present provider and always null on Taffrail."
                            + " Select by a property of the application.",
                    count);
        } else if (userId) {
            findings.setting(
                    what,
                    "Senders' connections put JMSXUserID there.",
                    "taffrail://localhost:61700?jms.populateJMSXUserID=true",
                    count);
        } else {
            findings.works(what, "", count);
        }
    }

    private static boolean isSetByVendor(String word) {
        return word.startsWith("JMS_IBM_")
                || word.startsWith("JMSActiveMQ")
                || word.startsWith("AMQ")
                || word.startsWith("_AMQ_")
                || word.equals("JMSXGroupFirstForConsumer");
    }
}
