// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks;

import org.taffrail.compat.checks.body.BodyChapter;
import org.taffrail.compat.checks.connection.ConnectionChapter;
import org.taffrail.compat.checks.context.ContextChapter;
import org.taffrail.compat.checks.conversion.ConversionChapter;
import org.taffrail.compat.checks.domain.DomainChapter;
import org.taffrail.compat.checks.message.MessageChapter;
import org.taffrail.compat.checks.queue.QueueChapter;
import org.taffrail.compat.checks.receiving.ReceivingChapter;
import org.taffrail.compat.checks.reliability.ReliabilityChapter;
import org.taffrail.compat.checks.selector.SelectorChapter;
import org.taffrail.compat.checks.sending.SendingChapter;
import org.taffrail.compat.checks.session.SessionChapter;
import org.taffrail.compat.checks.subscription.SubscriptionChapter;
import org.taffrail.compat.kit.Chapter;

import java.util.List;

/** All checks of the kit. */
public final class Catalogue {
    /** The chapters in the order in which they are shown, about that of the specification. */
    public static final List<Chapter> CHAPTERS =
            List.of(
                    MessageChapter.CHAPTER,
                    ConversionChapter.CHAPTER,
                    BodyChapter.CHAPTER,
                    SelectorChapter.CHAPTER,
                    QueueChapter.CHAPTER,
                    ConnectionChapter.CHAPTER,
                    SessionChapter.CHAPTER,
                    ContextChapter.CHAPTER,
                    SendingChapter.CHAPTER,
                    ReceivingChapter.CHAPTER,
                    SubscriptionChapter.CHAPTER,
                    DomainChapter.CHAPTER,
                    ReliabilityChapter.CHAPTER);

    private Catalogue() {}
}
