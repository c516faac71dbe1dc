-- Neovim's own LSP client against our server on stdio. Reads a JSON plan from $E2E_PLAN: { snippet, file, and rule and title, or
-- hovers }, where the snippet is what a user's init.lua would hold. Prints one JSON line of what it saw and exits 0, or prints the
-- reason and exits 1. Written for Neovim 0.7 and later, whose client has no pull diagnostics, so the server must push to it, and
-- shows no inlay hints, so they are asked for as a plugin would.
local plan = vim.fn.json_decode(vim.env.E2E_PLAN)

local function await(what, condition)
  if not vim.wait(20000, condition, 50) then
    error('waited in vain: ' .. what, 0)
  end
end

local function rule_of(diagnostic)
  return diagnostic.code or ((diagnostic.user_data or {}).lsp or {}).code
end

local function find_diagnostic()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if rule_of(diagnostic) == plan.rule then return diagnostic end
  end
end

local function take_code_action(title)
  local offered = {}
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local shown = options.format_item(item)
      table.insert(offered, shown)
      if shown == title then return choose(item) end
    end
    choose(nil)
  end
  local before = vim.b.changedtick
  vim.lsp.buf.code_action()
  if not vim.wait(20000, function() return vim.b.changedtick > before end, 50) then
    error('no change by the code action "' .. title .. '"; offered: ' .. vim.inspect(offered), 0)
  end
end

-- Sees a diagnostic, takes its code action and saves.
local function mend()
  await('a diagnostic of ' .. plan.rule, function() return find_diagnostic() ~= nil end)
  local seen = find_diagnostic()
  vim.api.nvim_win_set_cursor(0, { seen.lnum + 1, seen.col })
  take_code_action(plan.title)
  await('the diagnostic to go', function() return find_diagnostic() == nil end)
  vim.cmd('silent write')
  return { line = seen.lnum + 1, column = seen.col + 1, message = seen.message, source = seen.source }
end

local function floating_window()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then return window end
  end
end

-- What the floating window of a hover shows at a place { line, column }, both from 1.
local function hover_at(place)
  vim.api.nvim_win_set_cursor(0, { place[1], place[2] - 1 })
  vim.lsp.buf.hover()
  await('a hover', function() return floating_window() ~= nil end)
  local window = floating_window()
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

local function inlay_hints(client)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(0), character = 0 } },
  }
  local answer = client.request_sync('textDocument/inlayHint', params, 20000, 0)
  return vim.tbl_map(function(hint) return { line = hint.position.line + 1, label = hint.label } end, answer.result)
end

local function look(client)
  return { hovers = vim.tbl_map(hover_at, plan.hovers), hints = inlay_hints(client) }
end

local function main()
  vim.o.swapfile = false
  assert(loadstring(plan.snippet))()
  vim.cmd('edit ' .. vim.fn.fnameescape(plan.file))
  await('a client', function() return #vim.lsp.get_active_clients() == 1 end)
  local client = vim.lsp.get_active_clients()[1]
  await('the server', function() return client.initialized end)
  local seen = plan.rule and mend() or look(client)
  vim.lsp.stop_client(client.id)
  await('the end of the server', function() return vim.lsp.get_client_by_id(client.id) == nil end)
  io.stdout:write('\n' .. vim.fn.json_encode(seen) .. '\n')
end

local ok, problem = pcall(main)
if not ok then io.stderr:write(tostring(problem) .. '\n') end
vim.cmd(ok and 'qall!' or 'cquit 1')
