// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** What a client's records may say, and what only the broker's own. */
class SenderClaimsTest {
    private static final byte[] ANN = "ann".getBytes(StandardCharsets.UTF_8);

    /** Whole records around one that says more than it has to. */
    private static byte[] run(Consumer<RecordEncoder> claims) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 1, 1, true, 4).bodyType(BodyType.NONE, false);
        encoder.properties(Map.of("colour", "red")).end();
        encoder.begin(1, 2, 1, true, 4).bodyType(BodyType.NONE, false);
        claims.accept(encoder);
        encoder.end();
        encoder.begin(1, 3, 1, true, 4).bodyType(BodyType.NONE, false).end();
        RunLayout.end(sink, at, 3);
        RunCheck.check(sink.array(), 0, sink.length());
        return sink.toByteArray();
    }

    private static void assertRefused(String cause, byte[] run, byte[] user) {
        WireException refusal =
                assertThrows(WireException.class, () -> SenderClaims.check(run, 0, user, false));
        assertEquals(ErrorCode.NOT_PERMITTED, refusal.code());
        assertTrue(refusal.getMessage().contains(cause), refusal.getMessage());
    }

    @Test
    void takesWhatASenderMaySay() {
        SenderClaims.check(run(encoder -> {}), 0, null, false);
        SenderClaims.check(run(encoder -> encoder.userId("ann")), 0, ANN, false);
        SenderClaims.check(
                run(
                        encoder ->
                                encoder.correlation("c")
                                        .properties(
                                                Map.of(
                                                        "JMS_TAFFRAIL",
                                                        "JMS_TAFFRAIL_ORIGIN",
                                                        "jms_taffrail_origin",
                                                        1,
                                                        "JMS_OTHER_ORIGIN",
                                                        true,
                                                        "MY_JMS_TAFFRAIL_ORIGIN",
                                                        2.0))),
                0,
                null,
                false);
    }

    @Test
    void refusesWhatIsMarkedAsACopy() {
        assertRefused("is a copy", run(RecordEncoder::copied), null);
    }

    @Test
    void refusesAnotherUser() {
        for (String user : new String[] {"bob", "anna", "an"}) {
            assertRefused("JMSXUserID", run(encoder -> encoder.userId(user)), ANN);
        }
        assertRefused("JMSXUserID", run(encoder -> encoder.userId("ann")), null);
    }

    @Test
    void refusesTheIdOfAnotherBroker() {
        assertRefused("JMSMessageID", run(encoder -> encoder.messageIdText("ID:1")), ANN);
    }

    @Test
    void takesUserAndIdOfAnotherBrokerFromWhoImports() {
        byte[] run = run(encoder -> encoder.userId("bob").messageIdText("ID:1"));

        SenderClaims.check(run, 0, ANN, true);
        SenderClaims.check(run, 0, null, true);
    }

    @Test
    void refusesWhatOnlyTheBrokerMaySayAlsoFromWhoImports() {
        byte[] copy = run(RecordEncoder::copied);
        byte[] reserved = run(encoder -> encoder.properties(Map.of("JMS_TAFFRAIL_ORIGIN", "q")));

        assertThrows(WireException.class, () -> SenderClaims.check(copy, 0, ANN, true));
        assertThrows(WireException.class, () -> SenderClaims.check(reserved, 0, ANN, true));
    }

    @Test
    void refusesAnyPropertyOfAReservedName() {
        for (String name : new String[] {"ORIGIN", "ORIGIN_KIND", "DEATH_REASON", "OFFSET", ""}) {
            byte[] run =
                    run(
                            encoder -> {
                                encoder.type("t").userId("ann");
                                encoder.properties(
                                        Map.of("a", 1, "JMS_TAFFRAIL_" + name, "q", "z", "x"));
                            });

            assertRefused("JMS_TAFFRAIL_", run, ANN);
        }
    }
}
