// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects judgements of one area. */
final class Findings {
    private final List<Judgement> all = new ArrayList<>();
    private Judgement.Area area = Judgement.Area.PLATFORM;

    Findings in(Judgement.Area newArea) {
        area = newArea;
        return this;
    }

    void works(String what, String advice, Count count) {
        add(Verdict.WORKS, what, advice, "", count);
    }

    void setting(String what, String advice, String line, Count count) {
        add(Verdict.SETTING, what, advice, line, count);
    }

    void not(String what, String instead, Count count) {
        add(Verdict.NOT, what, instead, "", count);
    }

    void look(String what, String advice, String line, Count count) {
        add(Verdict.LOOK, what, advice, line, count);
    }

    private void add(Verdict verdict, String what, String advice, String line, Count count) {
        all.add(new Judgement(verdict, area, what, advice, line, count));
    }

    /** The worst first, otherwise in the order of the areas and in which they were found. */
    List<Judgement> sorted() {
        return all.stream()
                .sorted(Comparator.comparing(Judgement::verdict).thenComparing(Judgement::area))
                .toList();
    }
}
