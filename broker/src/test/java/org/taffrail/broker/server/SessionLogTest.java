// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.CapturedAudit;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a running broker leaves in its audit. */
class SessionLogTest {
    @TempDir private Path folder;
    private final CapturedAudit audit = new CapturedAudit();
    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        UsersFile file = new UsersFile(folder.resolve("users"));
        PasswordHash hash = PasswordHash.of("right", new byte[16], 1000);
        file.change(none -> none.with("ann", hash).with("boss", hash));
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "port",
                                        "0",
                                        "security.usersFile",
                                        file.toString(),
                                        "security.managers",
                                        "boss",
                                        "permissions.receive",
                                        "user:boss"));
        broker = new Broker(config, StoreFactory.of(config), true, Delays.USUAL, audit.audit());
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private WireClient client() {
        return SocketChannel.connect(broker.port());
    }

    private static ClientFrame.Hello hello(String user, String password) {
        return new ClientFrame.Hello(
                FrameLayout.MANAGEMENT,
                FrameLayout.FRAME_BYTES_MAX,
                0,
                1,
                2,
                0,
                null,
                "PLAIN",
                ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8),
                "a \"client\"\n1");
    }

    private void assertLines(String... expected) {
        List<String> lines =
                audit.lines().stream()
                        .map(line -> line.replaceAll("127\\.0\\.0\\.1:[0-9]+", "PEER"))
                        .toList();
        assertEquals(List.of(expected), lines);
    }

    @Test
    void whoCameInWhatWasDeniedAndWhatWasChangedIsThereAndNoPassword() throws Exception {
        WireClient boss = client().open(hello("boss", "right"));
        Fields fields = new Fields.Builder().put("kind", "queue").put("name", "q\"\n").build();
        boss.say(new ClientFrame.Manage(1, ManageOperation.PURGE.number(), fields));
        boss.hear(BrokerFrame.Failed.class);
        WireClient ann = client().open(hello("ann", "right"));
        ann.say(
                new ClientFrame.Attach(
                        1,
                        1,
                        ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null));
        ann.hear(BrokerFrame.Failed.class);

        assertLines(
                "INFO event=login user=\"boss\" roles=\"\" manager=true peer=\"PEER\""
                        + " through=\"a \\\"client\\\"\\u000a1\"",
                "INFO event=managed user=\"boss\" peer=\"PEER\" operation=PURGE"
                        + " object=\"q\\\"\\u000a\" target=none",
                "INFO event=login user=\"ann\" roles=\"\" manager=false peer=\"PEER\""
                        + " through=\"a \\\"client\\\"\\u000a1\"",
                "WARN event=denied user=\"ann\" peer=\"PEER\" request=\"Attach\" right=receive"
                        + " object=\"queue q\" key=\"permissions.receive\"");
    }

    @Test
    void whoseConnectionIsEndedIsThereBesideItsNumber() throws Exception {
        WireClient ann = client().open(hello("ann", "right"));
        WireClient boss = client().open(hello("boss", "right"));
        for (long id : new long[] {1, 4711, 2}) {
            boss.say(
                    new ClientFrame.Manage(
                            1,
                            ManageOperation.END_CONNECTION.number(),
                            new Fields.Builder().put("id", id).build()));
            boss.hear(BrokerFrame.Managed.class);
        }
        ann.hearClosing(ErrorCode.CONNECTION_LOST);
        boss.hearClosing(ErrorCode.CONNECTION_LOST);

        String ended = "INFO event=managed user=\"boss\" peer=\"PEER\" operation=END_CONNECTION";
        List<String> lines =
                audit.lines().stream()
                        .map(line -> line.replaceAll("127\\.0\\.0\\.1:[0-9]+", "PEER"))
                        .filter(line -> line.contains("event=managed"))
                        .toList();
        assertEquals(
                List.of(
                        ended + " object=\"1\" target=\"user ann at PEER\"",
                        ended + " object=\"4711\" target=none",
                        ended + " object=\"2\" target=\"user boss at PEER\""),
                lines);
    }

    @Test
    void whoWasNotLetInIsThereAndANameThatIsNoUsersIsNot() throws Exception {
        for (ClientFrame.Hello each :
                List.of(hello("ann", "hunter2"), hello("hunter2", "ann"), hello("", ""))) {
            WireClient client = client();
            client.raw(WireClient.preamble());
            client.say(each);
            client.hearClosing(ErrorCode.AUTHENTICATION_FAILED);
        }

        assertLines(
                "WARN event=login_refused user=\"ann\" peer=\"PEER\""
                        + " reason=\"wrong user or password\"",
                "WARN event=login_refused user=unknown peer=\"PEER\""
                        + " reason=\"wrong user or password\"",
                "WARN event=login_refused user=unknown peer=\"PEER\""
                        + " reason=\"the response of PLAIN is not well-formed\"");
        assertTrue(audit.lines().stream().noneMatch(line -> line.contains("hunter2")));
    }
}
