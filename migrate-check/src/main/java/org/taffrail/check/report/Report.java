// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import java.util.List;

/** What is said of a run: of all files that were read, with one judgement for each thing used. */
public final class Report {
    private final Run run;
    private final List<Judgement> judgements;

    private Report(Run run) {
        this.run = run;
        this.judgements = Judge.of(run);
    }

    /**
     * Judges what was read.
     *
     * @param reader has read all files
     * @return the report
     */
    public static Report of(RecordReader reader) {
        return new Report(reader.run());
    }

    /**
     * Tells whether something that the application uses does not work on Taffrail.
     *
     * @return false if all works, perhaps with settings
     */
    public boolean hasWhatDoesNotWork() {
        return judgements.stream().anyMatch(each -> each.verdict() == Verdict.NOT);
    }

    /**
     * Returns the page.
     *
     * @return HTML that needs nothing else
     */
    public String html() {
        return HtmlPage.of(this);
    }

    /**
     * Returns the same for programs.
     *
     * @return JSON
     */
    public String json() {
        return JsonText.of(this);
    }

    /**
     * Returns what is to be known at once.
     *
     * @return lines of text
     */
    public String summary() {
        return Summary.of(this);
    }

    Run run() {
        return run;
    }

    List<Judgement> judgements() {
        return judgements;
    }

    long count(Verdict verdict) {
        return judgements.stream().filter(each -> each.verdict() == verdict).count();
    }
}
