// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;

import java.util.Locale;

/** What is to be known at once, for a terminal. */
final class Summary {
    private Summary() {}

    static String of(Report report) {
        Run run = report.run();
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s, %s: %s messages sent, %s received%n",
                        oneLine(provider(run)),
                        run.processes().size() == 1 ? "1 JVM" : run.processes().size() + " JVMs",
                        Texts.number(run.sent()),
                        Texts.number(run.received())));
        for (Judgement each : report.judgements()) {
            if (each.verdict() != Verdict.WORKS) {
                text.append(line(each));
            }
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d work unchanged, %d need a setting, %d to be looked at, %d do not work%n",
                        report.count(Verdict.WORKS),
                        report.count(Verdict.SETTING),
                        report.count(Verdict.LOOK),
                        report.count(Verdict.NOT)));
        return text.toString();
    }

    static String provider(Run run) {
        if (!run.hasUsed(Feature.PROVIDER)) {
            return "provider unknown";
        }
        return String.join(
                ", ", run.uses(Feature.PROVIDER).keySet().stream().map(Summary::named).toList());
    }

    private static String named(String provider) {
        String[] parts = provider.split("\t", -1);
        return parts.length < 3
                ? provider
                : parts[0]
                        + (isUnnamedArtemis(provider) ? " Artemis " : " ")
                        + parts[1]
                        + " (JMS "
                        + parts[2]
                        + ")";
    }

    private static boolean isUnnamedArtemis(String provider) {
        return Provider.of(provider) == Provider.ARTEMIS && provider.startsWith("ActiveMQ\t");
    }

    private static String line(Judgement judgement) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-15s%s%n",
                        judgement.verdict().text().toUpperCase(Locale.ROOT),
                        oneLine(judgement.what())));
        if (!judgement.line().isEmpty()) {
            text.append(String.format(Locale.ROOT, "%-15s%s%n", "", oneLine(judgement.line())));
        } else {
            text.append(String.format(Locale.ROOT, "%-15s%s%n", "", oneLine(judgement.advice())));
        }
        return text.toString();
    }

    /** Control characters could do anything to a terminal. */
    private static String oneLine(String text) {
        return text.codePoints()
                .map(each -> Character.isISOControl(each) ? '\uFFFD' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
