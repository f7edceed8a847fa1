// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.util.regex.Pattern;

class ReportTest {
    private static final String HOSTILE =
            "</td><script>alert('x')</script><img src=\"https://evil.example/\">\u202e\u0007&amp;";

    private static Recorder hostile() {
        Recorder recorder = new Recorder();
        recorder.destination(DestinationKind.QUEUE, HOSTILE).sent(BodyKind.TEXT, 1);
        recorder.used(Feature.SELECTOR, HOSTILE);
        recorder.used(Feature.PROPERTY_SENT, HOSTILE + "\t" + HOSTILE);
        recorder.used(Feature.PROVIDER, HOSTILE + "\t" + HOSTILE + "\t" + HOSTILE);
        recorder.used(Feature.FACTORY, HOSTILE);
        recorder.used(Feature.JNDI_QUEUE, HOSTILE + "\t" + HOSTILE);
        recorder.used(Feature.JNDI_FACTORY, HOSTILE);
        recorder.used(Feature.EXCEPTION, HOSTILE);
        recorder.used(Feature.NOT_WRAPPED, HOSTILE);
        recorder.used(Feature.NOT_RECORDED, HOSTILE);
        recorder.used(Feature.OBJECT_SENT, HOSTILE);
        recorder.used(Feature.SESSION, HOSTILE);
        recorder.used(Feature.RECEIVE_TIMEOUT, HOSTILE);
        return recorder;
    }

    @Test
    void thePageShowsHostileNamesAndDoesNotObeyThem() {
        String html = Runs.report(hostile()).html();

        assertFalse(html.contains("<script"), "a script got in");
        assertFalse(html.contains("<img"), "a picture got in");
        assertFalse(html.contains("\u202e"), "text may be turned around");
        assertFalse(html.contains("\u0007"), "a control character got in");
        assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
        assertTrue(html.contains("&amp;amp;"));
    }

    @Test
    void thePageNeedsNothingElse() {
        String html = Runs.report(hostile()).html();

        assertFalse(
                Pattern.compile("<(a|link|script|img|iframe|object|embed|base)\\b")
                        .matcher(html)
                        .find());
        assertFalse(Pattern.compile("(url\\(|@import)").matcher(html).find());
    }

    @Test
    void everyTagIsClosed() {
        String html = Runs.report(hostile()).html();
        for (String tag : new String[] {"table", "tr", "td", "p", "ul", "li", "pre", "header"}) {
            int opened = html.split("<" + tag + "[ >]", -1).length;
            int closed = html.split("</" + tag + ">", -1).length;
            assertEquals(opened, closed, tag);
        }
    }

    @Test
    void theSummaryKeepsControlCharactersFromTheTerminal() {
        assertFalse(Runs.report(hostile()).summary().contains("\u0007"));
    }

    @Test
    void jsonIsJson() {
        String json = Runs.report(hostile()).json();
        new JsonSyntax(json).check();
        assertTrue(json.contains("\"verdict\": \"not\""));
        assertFalse(json.contains("\u0007"));
    }

    @Test
    void anApplicationForJavaxIsToldItsOwnClasses() {
        String text = "taffrail-check\t1\nrun\tapi\tjavax.jms\nend\n";
        Run run = Runs.ofText(() -> text);
        assertTrue(
                JndiLines.of(run)
                        .get(0)
                        .endsWith("=org.taffrail.javax.jms.jndi.TaffrailInitialContextFactory"));
    }
}
