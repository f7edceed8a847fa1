// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;
import java.util.Set;

class AccessTest {
    private static final Identity NOBODY = Identity.named(null);
    private static final Grants BOSS = new Grants(Set.of("boss"), Set.of(), false, false);
    private static final Identity TRADER = new Identity("ann", Set.of("traders"));
    private static final Identity BILLING = Identity.named("billing");
    private static final Identity MANAGER = Identity.named("boss");

    private static Access.Rule rule(Scope scope, String pattern, Right right, String grantees) {
        return new Access.Rule(
                pattern == null ? null : DestinationPattern.of(scope, pattern),
                right,
                Grantees.of(grantees));
    }

    private static Access access(Access.Rule... rules) {
        return Access.of(List.of(rules), Grantees.of("*"), false, BOSS);
    }

    private static boolean sends(Access access, Identity who, String queue) {
        return access.may(who, Right.SEND, DestinationKind.QUEUE, queue);
    }

    @Test
    void whereNothingIsConfiguredEverybodyWorksAndManages() {
        Access open = Access.open();
        for (Right right : List.of(Right.SEND, Right.RECEIVE, Right.BROWSE, Right.CREATE)) {
            assertTrue(open.may(NOBODY, right, DestinationKind.TOPIC, "t"));
        }
        assertTrue(open.may(NOBODY, Right.MANAGE, DestinationKind.QUEUE, "q"));
        assertNull(open.refuseManager(TRADER));
        assertFalse(open.may(TRADER, Right.IMPORT, DestinationKind.QUEUE, "q"));
        assertNull(open.refuseTemporary(NOBODY));
        assertNull(open.refuseClientId(NOBODY, "x"));
    }

    private static Access granting(Grants grants) {
        return Access.of(List.of(), Grantees.of("*"), false, grants);
    }

    @Test
    void managersAndImportersHaveTheOneRightEverywhere() {
        Access access = granting(new Grants(Set.of("boss"), Set.of("ann"), false, false));
        for (Identity each : List.of(MANAGER, TRADER, NOBODY)) {
            boolean manages = each == MANAGER;
            boolean imports = each == TRADER;
            assertEquals(manages, access.manages(each));
            assertEquals(manages, access.refuseManager(each) == null);
            assertEquals(manages, access.may(each, Right.MANAGE, DestinationKind.QUEUE, "q"));
            assertEquals(imports, access.may(each, Right.IMPORT, DestinationKind.QUEUE, "q"));
            assertEquals(imports, access.mayAnywhere(each, Right.IMPORT));
        }
        Access everybody = granting(new Grants(Set.of(), Set.of(), false, true));
        assertTrue(everybody.may(NOBODY, Right.IMPORT, DestinationKind.QUEUE, "q"));
        assertFalse(everybody.manages(NOBODY));
    }

    @Test
    void rolesUsersAndEverybodyAreNamed() {
        Access access = access(rule(null, null, Right.SEND, "traders, user:billing"));
        assertTrue(sends(access, TRADER, "q"));
        assertTrue(sends(access, BILLING, "q"));
        assertFalse(sends(access, MANAGER, "q"));
        assertFalse(sends(access, NOBODY, "q"));
        assertFalse(sends(access, Identity.named("traders"), "q"), "a user of a role's name");
        assertFalse(
                sends(access, new Identity("x", Set.of("billing")), "q"),
                "a role of a user's name");
    }

    @Test
    void theMostSpecificPatternThatSaysSomethingOfTheRightDecides() {
        Access access =
                access(
                        rule(null, null, Right.SEND, "none"),
                        rule(Scope.QUEUE, "orders.#", Right.SEND, "traders"),
                        rule(Scope.QUEUE, "orders.eu", Right.SEND, "user:billing"),
                        rule(Scope.QUEUE, "orders.eu", Right.BROWSE, "*"),
                        rule(Scope.QUEUE, "orders.us", Right.RECEIVE, "*"));

        assertTrue(sends(access, TRADER, "orders.us"));
        assertFalse(sends(access, TRADER, "orders.eu"));
        assertTrue(sends(access, BILLING, "orders.eu"));
        assertFalse(sends(access, TRADER, "invoices"));
        assertFalse(access.may(TRADER, Right.SEND, DestinationKind.TOPIC, "orders.us"));
    }

    @Test
    void aRefusalNamesWhoWhatWhichDestinationAndTheKeyThatDecides() {
        Access access =
                access(
                        rule(null, null, Right.SEND, "none"),
                        rule(Scope.ANY, "orders.#", Right.SEND, "traders"));

        assertEquals(
                "user billing may not send to queue orders.eu: see"
                        + " destination.orders.#.permissions.send",
                refusal(access, BILLING, Right.SEND, "orders.eu"));
        assertEquals(
                "a client without a user may not send to queue q: see permissions.send",
                refusal(access, NOBODY, Right.SEND, "q"));
        assertEquals(
                "user billing may not manage queue q: see permissions.manage and"
                        + " security.managers",
                refusal(access, BILLING, Right.MANAGE, "q"));
    }

    private static String refusal(Access access, Identity who, Right right, String queue) {
        return access.refuse(who, right, DestinationKind.QUEUE, queue).refusal().getMessage();
    }

    @Test
    void temporaryDestinationsAreManagedByWhoManagesEverythingAndByNoPattern() {
        Access access = access(rule(Scope.ANY, "#", Right.MANAGE, "*"));
        DestinationKind kind = DestinationKind.TEMPORARY_QUEUE;
        assertFalse(access.may(TRADER, Right.MANAGE, kind, "TEMP.QUEUE.1"));
        assertTrue(access.may(MANAGER, Right.MANAGE, kind, "TEMP.QUEUE.1"));
        assertTrue(access.may(NOBODY, Right.SEND, kind, "TEMP.QUEUE.1"));
    }

    @Test
    void whoMaySomethingSomewhereIsKnown() {
        Access access = access(rule(Scope.TOPIC, "prices.*", Right.IMPORT, "traders"));
        assertTrue(access.mayAnywhere(TRADER, Right.IMPORT));
        assertFalse(access.mayAnywhere(BILLING, Right.IMPORT));
        assertNull(access.refuseEverywhere(TRADER, Right.IMPORT));
        assertTrue(
                access.refuseEverywhere(BILLING, Right.IMPORT)
                        .refusal()
                        .getMessage()
                        .contains("security.importers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a,",
                "a,,b",
                "*,a",
                "a,none",
                "none,none",
                "a b",
                "user:",
                "role:a",
                "user:a:b",
                "a*"
            })
    void whatNamesNobodyOrTooMuchIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Grantees.of(text));
    }

    @Test
    void granteesComeBackAsTheyWereWritten() {
        for (String text : List.of("*", "none", "a", "a,b", "user:Žofie N,ops")) {
            assertEquals(Grantees.of(text), Grantees.of(Grantees.of(text).toString()));
        }
        assertFalse(Grantees.of("*").distinguishes());
        assertFalse(Grantees.of("none").distinguishes());
        assertTrue(Grantees.of("ops").distinguishes());
    }
}
