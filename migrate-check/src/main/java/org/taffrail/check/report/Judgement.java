// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

/**
 * What is said of one thing that an application uses.
 *
 * @param verdict what becomes of it
 * @param area under which heading it is shown
 * @param what the application uses
 * @param advice what it means on Taffrail, and what to do; may be empty where it works
 * @param line the setting or the line of code, as it is to be written; empty where there is none
 * @param count how often it was used, and where first
 */
record Judgement(Verdict verdict, Area area, String what, String advice, String line, Count count) {
    /** Headings, in their order. */
    enum Area {
        PLATFORM("Platform"),
        CONNECTIONS("Connections and sessions"),
        DESTINATIONS("Destinations"),
        SENDING("Sending"),
        MESSAGES("Messages and properties"),
        RECEIVING("Receiving"),
        TRANSACTIONS("Global transactions");

        private final String text;

        Area(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
