// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class AuditTest {
    private static final String TO = "queue orders";

    private static Denied denied(String user) {
        return new Denied(Identity.named(user), "send", TO, "permissions.send", "no");
    }

    @Test
    void sayWhoWantedWhatAndWhichKeyDecides() {
        List<String> lines =
                CapturedAudit.during(audit -> audit.denied(denied("ann"), "1.2.3.4:5", "Send", 1));

        assertEquals(
                List.of(
                        "WARN event=denied user=\"ann\" peer=\"1.2.3.4:5\" request=\"Send\""
                                + " right=send object=\"queue orders\" key=\"permissions.send\""),
                lines);
    }

    @Test
    void loginsOfUsersAreTold() {
        Identity ann = new Identity("ann", Set.of("ops", "devs"));
        List<String> lines =
                CapturedAudit.during(
                        audit -> {
                            audit.login(ann, true, "p", "client 1", 1);
                            audit.loginRefused("ann", "p", "wrong user or password", 1);
                            audit.loginRefused(null, "p", "wrong user or password", 1);
                        });

        assertEquals(
                List.of(
                        "INFO event=login user=\"ann\" roles=\"devs,ops\" manager=true peer=\"p\""
                                + " through=\"client 1\"",
                        "WARN event=login_refused user=\"ann\" peer=\"p\""
                                + " reason=\"wrong user or password\"",
                        "WARN event=login_refused user=unknown peer=\"p\""
                                + " reason=\"wrong user or password\""),
                lines);
    }

    @Test
    void whoIsDeniedWithoutEndFillsNoDisk() {
        List<String> lines =
                CapturedAudit.during(
                        audit -> {
                            for (int i = 0; i < 10_000; i++) {
                                audit.denied(denied("bad"), "p", "Send", 1_000 + i);
                            }
                            audit.denied(denied("good"), "p", "Send", 11_000);
                            audit.denied(denied("good"), "p", "Send", 70_000);
                        });

        assertEquals(Audit.LINES_MAX, lines.stream().filter(l -> l.contains("\"bad\" p")).count());
        assertEquals(2, lines.stream().filter(l -> l.contains("\"good\" p")).count());
        assertTrue(
                lines.contains(
                        "WARN event=suppressed of=denied user=\"bad\" lines="
                                + (10_000 - Audit.LINES_MAX)),
                lines.get(lines.size() - 2));
    }

    @Test
    void manyUsersFillNoMemoryAndChangesAreAllTold() {
        List<String> lines =
                CapturedAudit.during(
                        audit -> {
                            for (int i = 0; i < 30_000; i++) {
                                audit.loginRefused("user " + i, "p", "no", 1);
                            }
                            for (int i = 0; i < 200; i++) {
                                audit.managed("boss", "p", "PURGE", "q", null);
                            }
                        });

        assertEquals(200, lines.stream().filter(l -> l.contains("event=managed")).count());
        assertEquals(10_000 + Audit.LINES_MAX, lines.size() - 200);
    }

    @Property(tries = 500)
    void noTextForgesALineOrItsEnd(@ForAll String text) {
        String quoted = Audit.quoted(text);

        assertTrue(quoted.startsWith("\"") && quoted.endsWith("\""));
        String inside = quoted.substring(1, quoted.length() - 1);
        assertFalse(inside.codePoints().anyMatch(Character::isISOControl));
        assertEquals(1, quoted.lines().count());
        assertFalse(inside.replace("\\\\", "").replace("\\\"", "").contains("\""), quoted);
    }

    @Test
    void whatTurnsOrHidesIsShown() {
        assertEquals("\"a\\u000ab\\u202ec\\u2028\\\\\\\"\"", Audit.quoted("a\nb\u202ec\u2028\\\""));
        assertEquals("none", Audit.quoted(null));
        assertEquals(305, Audit.quoted("x".repeat(1000)).length());
    }
}
