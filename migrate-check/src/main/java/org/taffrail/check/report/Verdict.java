// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

/** What becomes of something that an application uses. From worst to best. */
enum Verdict {
    /** It does not work on Taffrail, and the judgement says what to do instead. */
    NOT("does not work"),
    /** It works with a setting or a line of code, which the judgement gives. */
    SETTING("with a setting"),
    /** It can't be told from outside, and the judgement says what to look for. */
    LOOK("look"),
    /** It works as it is. */
    WORKS("works");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
