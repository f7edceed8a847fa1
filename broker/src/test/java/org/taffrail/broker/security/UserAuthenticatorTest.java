// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

class UserAuthenticatorTest {
    private static final int WAITING_MAX = 3;

    @TempDir private Path folder;
    private UsersFile file;
    private final Lanes lanes = new Lanes();

    private UserAuthenticator door;

    @BeforeEach
    void open() throws Exception {
        file = new UsersFile(folder.resolve("users"));
        file.change(users -> users.with("ann", hash("right")));
        door = door(false);
    }

    private UserAuthenticator door(boolean anonymous) throws Exception {
        LiveUsers users = LiveUsers.open(file, new byte[32], new Audit());
        return new UserAuthenticator(UserSources.of(users), anonymous, lanes.lanes(WAITING_MAX));
    }

    private static PasswordHash hash(String password) {
        return PasswordHash.of(password, new byte[16], 1000);
    }

    private static byte[] plain(String user, String password) {
        return ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    private static Authenticator.Step admitted(String user) {
        return new Authenticator.Admitted(Identity.named(user));
    }

    private List<Authenticator.Step> begin(String user, String password) {
        List<Authenticator.Step> steps = new ArrayList<>();
        door.begin("PLAIN", Authenticator.Caller.at("peer"))
                .respond(plain(user, password), 1, (step, nowMs) -> steps.add(step));
        return steps;
    }

    private Authenticator.Step login(String user, String password) {
        List<Authenticator.Step> steps = begin(user, password);
        lanes.runAll(5);
        assertEquals(1, steps.size());
        return steps.get(0);
    }

    private static String refusal(Authenticator.Step step) {
        WireException reason = assertInstanceOf(Authenticator.Refused.class, step).reason();
        return reason.code() + " " + reason.getMessage();
    }

    @Test
    void letsAUserInAndSaysNothingBefore() {
        List<Authenticator.Step> steps = begin("ann", "right");
        lanes.runLookups();
        lanes.runHashes();
        assertTrue(steps.isEmpty());

        lanes.goHome(5);

        assertEquals(List.of(admitted("ann")), steps);
    }

    @Test
    void whatIsWrongIsNotTold() {
        String wrongPassword = refusal(login("ann", "wrong"));

        assertEquals("AUTHENTICATION_FAILED wrong user or password", wrongPassword);
        assertEquals(wrongPassword, refusal(login("bob", "right")));
        assertEquals(wrongPassword, refusal(login("ann", "")));
        assertEquals(wrongPassword, refusal(login("Ann", "right")));
    }

    @Test
    void aNameThatNobodyHasCostsAHashToo() {
        begin("bob", "right");
        lanes.runLookups();

        assertEquals(1, lanes.hashesWaiting());
    }

    @Test
    void paysForAPasswordOnce() {
        login("ann", "right");

        List<Authenticator.Step> again = begin("ann", "right");
        lanes.runLookups();
        lanes.goHome(5);
        assertEquals(List.of(admitted("ann")), again);

        begin("ann", "wrong");
        lanes.runLookups();
        assertEquals(1, lanes.hashesWaiting());
    }

    @Test
    void aStormOfOneUserPaysOnceAsWell() {
        List<Authenticator.Step> first = begin("ann", "right");
        List<Authenticator.Step> second = begin("ann", "right");

        lanes.runAll(5);

        assertEquals(first, second);
        assertInstanceOf(Authenticator.Admitted.class, first.get(0));
    }

    @Test
    void noticesAChangedFileAtTheNextLogin() throws Exception {
        login("ann", "right");

        file.change(users -> users.with("bob", hash("new")).with("ann", hash("changed")));

        assertInstanceOf(Authenticator.Admitted.class, login("bob", "new"));
        refusal(login("ann", "right"));
        assertInstanceOf(Authenticator.Admitted.class, login("ann", "changed"));
        file.change(users -> users.without("ann"));
        refusal(login("ann", "changed"));
    }

    @Test
    void aBrokenFileLeavesTheUsersAsTheyWereUntilItIsMended() throws Exception {
        String good = Files.readString(folder.resolve("users"));
        Files.writeString(folder.resolve("users"), good + "broken\n");
        assertInstanceOf(Authenticator.Admitted.class, login("ann", "right"));

        Files.delete(folder.resolve("users"));
        assertInstanceOf(Authenticator.Admitted.class, login("ann", "right"));

        file.change(users -> users.with("bob", hash("new")));
        assertInstanceOf(Authenticator.Admitted.class, login("bob", "new"));
        refusal(login("ann", "right"));
    }

    @Test
    void limitsHowManyWait() {
        for (int i = 0; i < WAITING_MAX; i++) {
            begin("ann", "right");
        }

        WireException refused = assertThrows(WireException.class, () -> begin("ann", "right"));

        assertEquals(ErrorCode.LIMIT_REACHED, refused.code());
        assertTrue(refused.getMessage().contains("security.loginsWaitingMax"));
        lanes.runAll(5);
        assertInstanceOf(Authenticator.Admitted.class, login("ann", "right"));
    }

    @Test
    void whoHasGoneCostsNoHashAndHearsNothing() {
        List<Authenticator.Step> steps = new ArrayList<>();
        Authenticator.Exchange exchange = door.begin("PLAIN", Authenticator.Caller.at("peer"));
        exchange.respond(plain("ann", "right"), 1, (step, nowMs) -> steps.add(step));

        exchange.abandon();
        lanes.runLookups();

        assertEquals(0, lanes.hashesWaiting());
        lanes.goHome(5);
        assertTrue(steps.isEmpty());
        for (int i = 0; i < WAITING_MAX; i++) {
            begin("ann", "right"); // its place is free
        }
    }

    @Test
    void thoseWithoutANameComeInWhereTheyMay() throws Exception {
        door = door(true);

        assertEquals(admitted("ann"), login("ann", "right"));
        List<Authenticator.Step> steps = new ArrayList<>();
        door.begin("ANONYMOUS", Authenticator.Caller.at("peer"))
                .respond(null, 1, (step, nowMs) -> steps.add(step));
        assertEquals(List.of(admitted(null)), steps);
    }

    @Test
    void aLaneThatTakesNothingIsARefusal() throws Exception {
        List<Runnable> home = new ArrayList<>();
        door =
                new UserAuthenticator(
                        UserSources.of(LiveUsers.open(file, new byte[32], new Audit())),
                        false,
                        new LoginLanes(
                                task -> {
                                    throw new RejectedExecutionException();
                                },
                                Runnable::run,
                                (task, whenOver) -> task.run(),
                                task -> home.add(() -> task.accept(5)),
                                1));

        List<Authenticator.Step> steps = begin("ann", "right");
        home.forEach(Runnable::run);

        assertEquals("STOPPING the broker stops", refusal(steps.get(0)));
    }

    @Test
    void nobodyInParticularIsLetInOnlyWhereThatIsAllowed() throws Exception {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> door.begin("ANONYMOUS", Authenticator.Caller.at("peer")));
        assertEquals(ErrorCode.AUTHENTICATION_FAILED, refused.code());

        door = door(true);
        List<Authenticator.Step> steps = new ArrayList<>();
        door.begin("ANONYMOUS", Authenticator.Caller.at("peer"))
                .respond(null, 1, (step, nowMs) -> steps.add(step));
        assertEquals(List.of(admitted(null)), steps);
        refusal(login("ann", "wrong"));
    }

    @Test
    void refusesResponsesThatAreNotWellFormed() {
        for (String response :
                List.of(
                        "",
                        "ann",
                        "\0ann",
                        "\0\0right",
                        "\0ann\0right\0",
                        "bob\0ann\0right",
                        "\0" + "a".repeat(256) + "\0right",
                        "\0ann\0" + "p".repeat(1025),
                        "\0ann\0" + "\u5bc6".repeat(3000))) {
            byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
            Authenticator.Exchange exchange = door.begin("PLAIN", Authenticator.Caller.at("peer"));
            WireException refused =
                    assertThrows(
                            WireException.class,
                            () -> exchange.respond(bytes, 1, (step, nowMs) -> {}),
                            response);
            assertEquals(ErrorCode.AUTHENTICATION_FAILED, refused.code());
        }
        assertThrows(
                WireException.class,
                () ->
                        door.begin("PLAIN", Authenticator.Caller.at("peer"))
                                .respond(
                                        new byte[] {0, (byte) 0xFF, 0, 'p'},
                                        1,
                                        (step, nowMs) -> {}));
    }

    @Test
    void oneMayNameOneselfTwice() {
        List<Authenticator.Step> steps = new ArrayList<>();
        door.begin("PLAIN", Authenticator.Caller.at("peer"))
                .respond(
                        "ann\0ann\0right".getBytes(StandardCharsets.UTF_8),
                        1,
                        (step, nowMs) -> steps.add(step));
        lanes.runAll(5);

        assertEquals(List.of(admitted("ann")), steps);
    }

    @Test
    void aSecondResponseIsRefused() {
        Authenticator.Exchange exchange = door.begin("PLAIN", Authenticator.Caller.at("peer"));
        exchange.respond(plain("ann", "right"), 1, (step, nowMs) -> {});

        assertThrows(
                WireException.class,
                () -> exchange.respond(plain("ann", "right"), 1, (step, nowMs) -> {}));
    }

    @Test
    void printsNoSecret() throws Exception {
        assertFalse(new Credentials("ann", "right").toString().contains("right"));
        assertFalse(hash("right").toString().contains(hash("right").format()));
        assertTrue(
                LiveUsers.open(file, new byte[32], new Audit())
                        .toString()
                        .endsWith("users, 1 users"));
    }
}
