import type { MessageData } from '../../core/messages/schemas.js';
import type { Text } from '../../core/programme/language.js';
import { listView } from './lists.js';
import { local, personFirst, type View, type ViewContext } from './view.js';

function choices(context: ViewContext, named: readonly { readonly id: string; readonly name: Text }[]) {
  return named.map(({ id, name }) => ({ title: local(context, name), value: id }));
}

/** Which of several programmes. */
export function accessProgrammeView(data: MessageData<'access-programme'>, context: ViewContext): View {
  return listView(context, {
    title: context.translator.t('access.programme-title'),
    buttons: data.programmes.map(({ id, name }) => ({
      title: local(context, name),
      verb: 'access-programme',
      style: 'default',
      data: { programme: id },
    })),
  });
}

/** Form: who are you. */
export function accessAskView(data: MessageData<'access-ask'>, context: ViewContext): View {
  const { t } = context.translator;
  return {
    template: 'access-ask',
    data: {
      lang: context.translator.language,
      summary: t('access.ask-title'),
      title: t('access.ask-title'),
      intro: t('access.ask-intro', { programme: local(context, data.programme.name) }),
      organisationLabel: t('access.organisation'),
      organisations: choices(context, data.organisations),
      roleLabel: t('access.role'),
      roles: choices(context, data.roles),
      send: t('access.send'),
      data: { programme: data.programme.id },
    },
  };
}

/** Form for a coordinator: somebody asks to be let in. */
export function accessRequestView(data: MessageData<'access-request'>, context: ViewContext): View {
  const { t } = context.translator;
  const person = data.name === undefined ? t('access.request-nameless') : data.name;
  return {
    template: 'access-request',
    data: {
      lang: context.translator.language,
      summary: t('access.request-title'),
      title: t('access.request-title'),
      intro: t('access.request-who', { person }),
      hasEmail: data.email !== undefined,
      email: t('access.request-email', { email: data.email ?? '' }),
      organisationLabel: t('access.request-organisation'),
      organisation: data.organisation,
      organisations: choices(context, data.organisations),
      rolesLabel: t('access.request-roles'),
      role: data.role,
      roles: choices(context, data.roles),
      admit: t('access.admit'),
      decline: t('access.decline'),
      data: { request: data.request },
    },
  };
}

/** In which of several workspaces. */
export function reachView(data: MessageData<'reach'>, context: ViewContext): View {
  const { t } = context.translator;
  const current = data.choices.find((each) => each.id === data.current)?.place ?? '';
  return listView(context, {
    title: t('access.reach-title'),
    paragraphs: [{ text: t('access.reach-intro', { place: current }), color: 'Default' }],
    buttons: data.choices.map(({ id, place }) => ({
      title: place,
      verb: 'set-account',
      style: 'default',
      data: { account: id },
    })),
  });
}

/** To the coordinators: somebody is reached no more. */
export function unreachableView(data: MessageData<'unreachable-notice'>, context: ViewContext): View {
  const { t } = context.translator;
  if (data.many !== undefined) {
    const organisation = local(context, data.member.organisation);
    const body = t('access.unreachable-many-body', { organisation, count: data.many });
    return listView(context, {
      title: t('access.unreachable-many-title'),
      paragraphs: [{ text: body, color: 'Default' }],
    });
  }
  const person = personFirst(context, data.member);
  return listView(context, {
    title: t('access.unreachable-title'),
    paragraphs: [{ text: t('access.unreachable-body', { person }), color: 'Default' }],
  });
}
