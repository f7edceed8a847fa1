// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** What managers of some destinations may not do with others, nor with the broker as a whole. */
class ManageGuardTest {
    @Test
    void aSecondEndOfAMoveNeedsTheRightAsTheFirst() {
        for (ManageOperation each :
                List.of(ManageOperation.MOVE, ManageOperation.RETRY, ManageOperation.REPLAY)) {
            GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
            rig.grant(Right.MANAGE, "q", true);
            WireClient client = rig.probe();

            client.say(GuardTest.manage(each, "queue", "q"));

            BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
            assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
            assertTrue(failed.detail().contains("manage queue parked"), failed.detail());
        }
    }

    @Test
    void aResetIsJudgedByItsTopicWhateverKindItNames() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        rig.grant(Right.MANAGE, "t", true); // of a queue of that name

        WireClient client = rig.probe();
        client.say(GuardTest.manage(ManageOperation.RESET, "queue", "t"));

        BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
        assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
        assertTrue(failed.detail().contains("manage topic t"), failed.detail());
    }

    @Test
    void managersOfSomeDestinationsEndNobodysBranches() {
        for (ManageOperation each : GuardTest.OF_THE_BROKER) {
            GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
            WireClient client = rig.probe();

            client.say(
                    new ClientFrame.Manage(
                            1, each.number(), new Fields.Builder().put("id", 1).build()));

            BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
            assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
            assertTrue(failed.detail().contains("security.managers"), failed.detail());
        }
    }

    @Test
    void closingByAPatternIsForManagersOfEverything() {
        for (ManageOperation each : List.of(ManageOperation.CLOSE, ManageOperation.OPEN)) {
            for (String pattern : Arrays.asList("q", "#", null)) {
                GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
                Fields fields =
                        new Fields.Builder().put("kind", "queue").put("pattern", pattern).build();
                WireClient client = rig.probe();

                client.say(new ClientFrame.Manage(1, each.number(), fields));

                BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
                assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
                assertTrue(failed.detail().contains("security.managers"), failed.detail());
            }
        }
    }
}
