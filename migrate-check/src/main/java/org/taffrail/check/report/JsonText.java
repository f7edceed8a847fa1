// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as JSON, written by hand: objects, arrays, texts and whole numbers. */
final class JsonText {
    private final StringBuilder json = new StringBuilder();
    private boolean first = true;

    private JsonText() {}

    static String of(Report report) {
        JsonText text = new JsonText();
        text.report(report);
        return text.json.append('\n').toString();
    }

    private void report(Report report) {
        Run run = report.run();
        open('{');
        key("version").number(1);
        key("provider").string(Summary.provider(run));
        key("verdict").string(report.hasWhatDoesNotWork() ? "not" : "ready");
        key("counts").open('{');
        for (Verdict each : Verdict.values()) {
            key(each.name().toLowerCase(Locale.ROOT)).number(report.count(each));
        }
        close('}');
        key("judgements").open('[');
        for (Judgement each : report.judgements()) {
            next().judgement(each);
        }
        close(']');
        key("destinations").open('[');
        for (Place each : run.places()) {
            next().place(each);
        }
        close(']');
        key("peaks").open('{');
        for (String each : HtmlPage.PEAKS) {
            key(each).number(run.peak(each));
        }
        close('}');
        key("jndi").strings(JndiLines.of(run));
        key("lost").open('{');
        for (Map.Entry<String, Long> each : run.lost().entrySet()) {
            key(each.getKey()).number(each.getValue());
        }
        close('}');
        key("processes").open('[');
        for (Map<String, String> each : run.processes()) {
            next().open('{');
            for (Map.Entry<String, String> fact : each.entrySet()) {
                key(fact.getKey()).string(fact.getValue());
            }
            close('}');
        }
        close(']');
        close('}');
    }

    private void judgement(Judgement judgement) {
        open('{');
        key("verdict").string(judgement.verdict().name().toLowerCase(Locale.ROOT));
        key("area").string(judgement.area().text());
        key("what").string(judgement.what());
        key("advice").string(judgement.advice());
        key("line").string(judgement.line());
        key("count").number(judgement.count().count());
        key("place").string(judgement.count().place());
        close('}');
    }

    private void place(Place place) {
        open('{');
        key("kind").string(place.kind().text());
        key("name").string(place.name());
        key("place").string(place.firstSeen());
        key("producers").number(place.producers());
        key("consumers").number(place.consumers());
        key("browsers").number(place.browsers());
        key("consumersMax").number(place.consumersMax());
        key("sent").flow(place.sent());
        key("received").flow(place.received());
        close('}');
    }

    private void flow(Flow flow) {
        open('{');
        key("messages").number(flow.count());
        key("bodies").string(flow.bodies());
        key("bytesP50").number(flow.percentileBytes(0.5));
        key("bytesP99").number(flow.percentileBytes(0.99));
        key("bytesMax").number(flow.bytesMax());
        close('}');
    }

    private void strings(List<String> texts) {
        open('[');
        for (String each : texts) {
            next().string(each);
        }
        close(']');
    }

    private void open(char bracket) {
        json.append(bracket);
        first = true;
    }

    private void close(char bracket) {
        json.append(bracket);
        first = false;
    }

    private JsonText next() {
        json.append(first ? "\n" : ",\n");
        first = false;
        return this;
    }

    private JsonText key(String name) {
        next().string(name);
        json.append(": ");
        return this;
    }

    private void number(long number) {
        json.append(number);
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
